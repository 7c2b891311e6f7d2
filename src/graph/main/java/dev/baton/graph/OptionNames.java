package dev.baton.graph;

import java.util.Set;

/// The names of the options of those commands that take a run's parameters, `baton run` and `baton start`. A parameter
/// of the same name is not reached as `--name`, only as `--param.name` (TSK075). A test of the command holds them
/// equal.
public final class OptionNames {
    private static final Set<String> ALL = Set.of(
            "again",
            "api",
            "data",
            "endpoint",
            "env",
            "follow",
            "force",
            "fresh",
            "help",
            "jar",
            "json",
            "lambda",
            "mock",
            "profile",
            "region",
            "secret",
            "table",
            "version");

    private OptionNames() {}

    /// Without the leading `--`.
    public static Set<String> all() {
        return ALL;
    }

    /// How a call gives a parameter: `--year`, or `--param.data` where `--data` is an option.
    public static String given(String parameter) {
        return (ALL.contains(parameter) ? "--param." : "--") + parameter;
    }
}
