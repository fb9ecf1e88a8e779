"""The phone in somebody's hand: for now its SMS inbox."""
