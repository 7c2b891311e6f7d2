package dev.baton.run.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A part of a task's code that is another.
///
/// @param kind `class`, `package`, `jar` or `resource`
/// @param name such as `com.acme.Csv` or `fastcsv-4.4.0.jar`
/// @param way in which it differs
public record CodeChange(String kind, String name, Way way) {
    /// So many names are told of one kind; the rest is counted.
    private static final int TOLD = 3;

    private static final Pattern VERSION = Pattern.compile("-[0-9][\\w.+-]*\\.jar$");

    /// The way in which a part differs.
    public enum Way {
        CHANGED,
        ADDED,
        LEFT
    }

    /// The differences between two codes, as [dev.baton.run.code.CodeParts] has them: jars first told by name, whose
    /// version is another.
    public static List<CodeChange> between(Map<String, String> before, Map<String, String> now) {
        var changes = new ArrayList<CodeChange>();
        var names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (var part : names) {
            var old = before.get(part);
            var current = now.get(part);
            if (old == null || !old.equals(current)) {
                var space = part.indexOf(' ');
                changes.add(new CodeChange(
                        part.substring(0, space),
                        part.substring(space + 1),
                        old == null ? Way.ADDED : current == null ? Way.LEFT : Way.CHANGED));
            }
        }
        return withVersions(changes);
    }

    /// A jar that left and one that came with another version are one change.
    private static List<CodeChange> withVersions(List<CodeChange> changes) {
        var left = jars(changes, Way.LEFT);
        var added = jars(changes, Way.ADDED);
        var all = new ArrayList<CodeChange>();
        for (var change : changes) {
            var stem = stem(change.name());
            if (!change.kind().equals("jar") || !left.containsKey(stem) || !added.containsKey(stem)) {
                all.add(change);
            } else if (change.way() == Way.ADDED) {
                all.add(new CodeChange("jar", left.get(stem) + " (now " + change.name() + ")", Way.CHANGED));
            }
        }
        return all;
    }

    /// The names of jars that differ in a way, by what does not tell their version.
    private static Map<String, String> jars(List<CodeChange> changes, Way way) {
        var jars = new TreeMap<String, String>();
        for (var change : changes) {
            if (change.kind().equals("jar") && change.way() == way) {
                jars.put(stem(change.name()), change.name());
            }
        }
        return jars;
    }

    private static String stem(String jar) {
        return VERSION.matcher(jar).replaceFirst("");
    }

    /// The changes as a sentence begins: `class Csv changed, resource units.json is new`.
    public static String text(Collection<CodeChange> changes) {
        var groups = new LinkedHashMap<String, List<String>>();
        for (var change : changes) {
            groups.computeIfAbsent(change.kind() + " " + change.way(), any -> new ArrayList<>())
                    .add(change.kind().equals("class") ? simple(change.name()) : change.name());
        }
        var parts = new ArrayList<String>();
        groups.forEach((group, names) -> {
            var kind = group.substring(0, group.indexOf(' '));
            var many = names.size() > 1;
            var told = String.join(", ", names.subList(0, Math.min(TOLD, names.size())))
                    + (names.size() > TOLD ? " and " + (names.size() - TOLD) + " more" : "");
            var verb = switch (Way.valueOf(group.substring(group.indexOf(' ') + 1))) {
                case CHANGED -> " changed";
                case ADDED -> many ? " are new" : " is new";
                case LEFT -> many ? " are not used any more" : " is not used any more";
            };
            parts.add((many ? plural(kind) : kind) + " " + told + verb);
        });
        return String.join(", ", parts);
    }

    private static String plural(String kind) {
        return kind.equals("class") ? "classes" : kind + "s";
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }
}
