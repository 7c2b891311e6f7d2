WORD = "a module beside it"
