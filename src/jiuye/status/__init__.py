"""How the platform does, for everybody: measured delays of what runs in the background, and incidents."""
