"""The two questions that the graph was made for."""

TICKET_PEOPLE = """
query TicketPeople {
  tickets(first: 5, where: {status: {in: [OPEN, IN_PROGRESS]}}, orderBy: [CREATED_AT_DESC]) {
    totalCount
    nodes {
      number
      title
      status
      property { code name }
      participants(first: 10) { nodes { role contact { fullName email } } }
    }
  }
}
"""

PROJECT_WORK = """
query ProjectWork {
  projects(first: 1) {
    nodes {
      name
      projectProperties(first: 100) {
        nodes {
          status
          property { code }
          tickets(first: 5) { nodes { number title status } }
        }
      }
    }
  }
}
"""

COUNT = "{ tickets { totalCount } }"
