"""Getting in: signing in, second factors, phones, sessions, invitations, recovery; and the badge."""
