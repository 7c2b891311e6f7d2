require("absent-module");
