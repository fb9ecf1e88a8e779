"""People's rights to their own data: a copy of all of it, and withdrawal of consents (个人信息保护法 ch. IV)."""
