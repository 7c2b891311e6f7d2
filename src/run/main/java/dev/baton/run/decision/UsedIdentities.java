package dev.baton.run.decision;

import dev.baton.run.PinnedObject;
import dev.baton.task.Task;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// The identities of what a task reads beyond its inputs, as the configuration has them that its output depends on.
public final class UsedIdentities {
    private static final String KEY = "use ";

    private UsedIdentities() {}

    /// What a task says now.
    ///
    /// @param objects looks at the object of a logical URI
    public static Map<String, String> of(Task task, Function<String, PinnedObject> objects) {
        var configuration = new TreeMap<String, String>();
        task.identities()
                .forEach((name, identity) -> configuration.put(
                        KEY + name, isObject(identity) ? objects.apply(identity).identity() : identity));
        return configuration;
    }

    /// Whether an identity is the content of an object.
    public static boolean isObject(String identity) {
        return identity.startsWith("s3://");
    }

    /// Whether an entry of a configuration is one of them.
    public static boolean is(String key) {
        return key.startsWith(KEY);
    }

    /// The author's name for it.
    static String name(String key) {
        return key.substring(KEY.length());
    }
}
