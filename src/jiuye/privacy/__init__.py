"""What people may ask of the platform about their own data: a copy of all of it, and their consents back (个人信息保护法 ch. IV)."""
