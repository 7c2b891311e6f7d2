package dev.baton.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a task's output depends on, in one hash. Equal fingerprints: nothing to do.
public final class Fingerprint {
    private Fingerprint() {}

    /// @param taskClass the task's class name
    /// @param codeHash of the class and the project classes it reaches
    /// @param parameters of the task, canonically printed
    /// @param configuration declared configuration that the output depends on
    /// @param inputs what it reads, in any order
    /// @return 64 hexadecimal digits
    public static String of(
            String taskClass,
            String codeHash,
            Map<String, String> parameters,
            Map<String, String> configuration,
            List<PinnedObject> inputs) {
        var digest = new FieldDigest().add("baton-fingerprint-1").add(taskClass).add(codeHash);
        add(digest, parameters);
        add(digest, configuration);
        var byUri = new TreeMap<String, String>();
        inputs.forEach(input -> byUri.put(input.uri(), input.identity()));
        add(digest, byUri);
        return digest.hex();
    }

    private static void add(FieldDigest digest, Map<String, String> fields) {
        digest.count(fields.size());
        new TreeMap<>(fields).forEach((name, value) -> digest.add(name).add(value));
    }
}
