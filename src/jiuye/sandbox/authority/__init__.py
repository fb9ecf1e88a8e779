"""The records office: asked what is true of a person, it looks into the records and answers a little later."""
