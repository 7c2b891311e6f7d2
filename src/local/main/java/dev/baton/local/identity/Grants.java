package dev.baton.local.identity;

import dev.baton.local.iam.policy.Policy;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The policies of a role or user, which say what it may do, and its tags.
///
/// @param inline by name
/// @param attached ARNs of managed policies
/// @param boundary the ARN of the managed policy that bounds it
public record Grants(
        SortedMap<String, Policy> inline,
        SortedSet<String> attached,
        @Nullable String boundary,
        SortedMap<String, String> tags) {
    public static final Grants NONE = new Grants(new TreeMap<>(), new TreeSet<>(), null, new TreeMap<>());

    public Grants withInline(String name, Policy policy) {
        var changed = new TreeMap<>(inline);
        changed.put(name, policy);
        return new Grants(changed, attached, boundary, tags);
    }

    public Grants withoutInline(String name) {
        var changed = new TreeMap<>(inline);
        changed.remove(name);
        return new Grants(changed, attached, boundary, tags);
    }

    public Grants withAttached(String arn) {
        var changed = new TreeSet<>(attached);
        changed.add(arn);
        return new Grants(inline, changed, boundary, tags);
    }

    public Grants withoutAttached(String arn) {
        var changed = new TreeSet<>(attached);
        changed.remove(arn);
        return new Grants(inline, changed, boundary, tags);
    }

    public Grants withBoundary(@Nullable String arn) {
        return new Grants(inline, attached, arn, tags);
    }

    public Grants withTags(Map<String, String> added) {
        var changed = new TreeMap<>(tags);
        changed.putAll(added);
        return new Grants(inline, attached, boundary, changed);
    }

    public Grants withoutTags(Iterable<String> keys) {
        var changed = new TreeMap<>(tags);
        keys.forEach(changed::remove);
        return new Grants(inline, attached, boundary, changed);
    }

    public static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /// From the slash after the kind to the one before the name, both included.
    static String path(String arn) {
        return arn.substring(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
    }
}
