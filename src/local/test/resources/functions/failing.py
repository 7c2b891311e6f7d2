raise KeyError("at the start")
