package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The part of items that an answer has: some attributes, or something within them.
public final class ItemProjection {
    private final List<DocumentPath> paths;

    private ItemProjection(List<DocumentPath> paths) {
        this.paths = List.copyOf(paths);
    }

    /// Of paths that do not lead into one another.
    public static ItemProjection of(List<DocumentPath> paths) {
        return new ItemProjection(paths);
    }

    /// Of whole attributes.
    public static ItemProjection ofAttributes(Set<String> names) {
        return new ItemProjection(names.stream()
                .map(name -> new DocumentPath(List.of(new DocumentPath.Member(name))))
                .toList());
    }

    /// @throws dev.baton.local.http.AwsError `ValidationException`
    public static ItemProjection read(String text, Placeholders placeholders) {
        var cursor = new ExpressionCursor("ProjectionExpression", text, placeholders);
        var paths = new ArrayList<DocumentPath>();
        do {
            var path = cursor.path();
            PathOverlap.check(cursor, paths, path);
            paths.add(path);
        } while (cursor.take(","));
        cursor.requireEnd();
        return new ItemProjection(paths);
    }

    /// The attributes that it has something of.
    public Set<String> attributes() {
        var names = new LinkedHashSet<String>();
        paths.forEach(path -> names.add(path.attribute()));
        return names;
    }

    /// What there is of it in an item.
    public Map<String, Attribute> of(Map<String, Attribute> item) {
        var within = new LinkedHashMap<String, List<DocumentPath>>();
        for (var path : paths) {
            within.computeIfAbsent(path.attribute(), name -> new ArrayList<>()).add(path);
        }
        var part = new LinkedHashMap<String, Attribute>();
        within.forEach((name, some) -> {
            var value = part(item.get(name), some, 1);
            if (value != null) {
                part.put(name, value);
            }
        });
        return part;
    }

    private static @Nullable Attribute part(@Nullable Attribute value, List<DocumentPath> some, int depth) {
        if (value == null || some.getFirst().steps().size() == depth) {
            return value;
        }
        var members = new LinkedHashMap<String, List<DocumentPath>>();
        var elements = new TreeMap<Integer, List<DocumentPath>>();
        for (var path : some) {
            switch (path.steps().get(depth)) {
                case DocumentPath.Member member ->
                    members.computeIfAbsent(member.name(), name -> new ArrayList<>())
                            .add(path);
                case DocumentPath.Element element ->
                    elements.computeIfAbsent(element.index(), index -> new ArrayList<>())
                            .add(path);
            }
        }
        return switch (value) {
            case Attribute.M map -> {
                var found = new LinkedHashMap<String, Attribute>();
                members.forEach((name, paths) -> {
                    var inner = part(map.values().get(name), paths, depth + 1);
                    if (inner != null) {
                        found.put(name, inner);
                    }
                });
                yield found.isEmpty() ? null : new Attribute.M(found);
            }
            case Attribute.L list -> {
                var found = new ArrayList<Attribute>();
                elements.forEach((index, paths) -> {
                    var element = index < list.values().size() ? list.values().get(index) : null;
                    var inner = part(element, paths, depth + 1);
                    if (inner != null) {
                        found.add(inner);
                    }
                });
                yield found.isEmpty() ? null : new Attribute.L(found);
            }
            default -> null;
        };
    }
}
