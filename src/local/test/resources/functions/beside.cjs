exports.word = "a module beside it";
