package dev.baton.cli.openlineage;

import dev.baton.name.Arn;
import org.jspecify.annotations.Nullable;

/// The names of jobs: a pipeline's is its own, a task's follows it, whatever its parameters are.
///
/// @param given the namespace that somebody asked for; null for that of an environment
/// @param prefix of the environment
record JobNames(@Nullable String given, String prefix) {

    /// `baton://ACCOUNT/REGION/PREFIX`, which tells environments apart.
    ///
    /// @param arn of an execution
    String namespace(String arn) {
        if (given != null) {
            return given;
        }
        var parsed = Arn.find(arn);
        return "baton://" + (parsed == null ? "" : parsed.account() + "/" + parsed.region() + "/") + prefix;
    }

    /// `weather.WetSpells`.
    ///
    /// @param type the full name of the task's class
    static String task(String pipeline, String type) {
        return pipeline + "." + type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }
}
