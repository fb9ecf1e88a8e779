"""What services outside tell us by themselves: signed POSTs that the port they belong to reads."""
