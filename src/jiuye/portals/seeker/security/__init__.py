"""What protects a person's account: where they are signed in, confirming who they are, the second factor, changing the phone."""
