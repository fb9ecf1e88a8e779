"""Jobs recommended by a person's own job intention, unless they have opted out."""
