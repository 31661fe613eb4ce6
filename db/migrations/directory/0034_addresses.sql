-- People and companies are found by their addresses. E-mail is kept in lower case, as telephone numbers in E.164 form:
-- under row-level security an index on lower(email) would not be used, as lower() might leak what it is given.
UPDATE directory.companies SET email = lower(email) WHERE email <> lower(email);
UPDATE directory.contacts SET email = lower(email) WHERE email <> lower(email);
ALTER TABLE directory.companies ADD CONSTRAINT companies_email_in_lower_case CHECK (email = lower(email));
ALTER TABLE directory.contacts ADD CONSTRAINT contacts_email_in_lower_case CHECK (email = lower(email));
CREATE INDEX companies_by_email ON directory.companies (operator_id, email) WHERE email IS NOT NULL;
CREATE INDEX companies_by_phone ON directory.companies (operator_id, phone) WHERE phone IS NOT NULL;
CREATE INDEX contacts_by_email ON directory.contacts (operator_id, email) WHERE email IS NOT NULL;
CREATE INDEX contacts_by_phone ON directory.contacts (operator_id, phone) WHERE phone IS NOT NULL;
