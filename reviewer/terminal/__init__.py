"""Between the program and the terminal: what goes out, what comes in, what neither may do to the other."""
