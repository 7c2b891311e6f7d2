package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The changes of an `UpdateExpression`. Each of them is told by the item as it was before all of them.
///
/// See [update
/// expressions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html).
public final class UpdatePlan {
    /// Changes nothing.
    public static final UpdatePlan NONE = new UpdatePlan(List.of(), Set.of());

    private final List<UpdateStep> steps;
    private final Set<String> attributes;

    /// @param attributes all that the expression names
    UpdatePlan(List<UpdateStep> steps, Set<String> attributes) {
        this.steps = List.copyOf(steps);
        this.attributes = Set.copyOf(attributes);
    }

    /// What is changed.
    public List<DocumentPath> targets() {
        return steps.stream().map(UpdateStep::path).toList();
    }

    /// The attributes that it looks at or changes.
    public Set<String> attributes() {
        return attributes;
    }

    /// The item afterwards.
    ///
    /// @throws dev.baton.local.http.AwsError `ValidationException` where it cannot be changed so
    public Map<String, Attribute> apply(Map<String, Attribute> before) {
        var item = new LinkedHashMap<>(before);
        var removed = new ArrayList<DocumentPath>();
        // Elements of lists that are put beyond the end go there in the order of their numbers.
        for (var step : steps.stream()
                .sorted(Comparator.comparingInt(UpdatePlan::index))
                .toList()) {
            switch (step) {
                case UpdateStep.Put put ->
                    DocumentEdit.put(item, put.path(), put.value().in(before));
                case UpdateStep.Remove remove -> removed.add(remove.path());
                case UpdateStep.Add add -> DocumentEdit.put(item, add.path(), sum(add, before));
                case UpdateStep.Subtract subtract -> {
                    var there = subtract.path().in(before);
                    if (there != null) {
                        DocumentEdit.put(item, subtract.path(), difference(there, subtract.value()));
                    }
                }
            }
        }
        // From the end of a list to its beginning: numbers are those of the item before.
        removed.stream()
                .sorted(Comparator.comparingInt(UpdatePlan::lastIndex).reversed())
                .forEach(path -> DocumentEdit.put(item, path, null));
        return item;
    }

    private static int index(UpdateStep step) {
        return lastIndex(step.path());
    }

    private static int lastIndex(DocumentPath path) {
        return path.steps().getLast() instanceof DocumentPath.Element element ? element.index() : -1;
    }

    private static Attribute sum(UpdateStep.Add add, Map<String, Attribute> before) {
        @Nullable Attribute there = add.path().in(before);
        if (there == null) {
            return add.value();
        }
        if (there instanceof Attribute.N number && add.value() instanceof Attribute.N more) {
            return NumberText.of(number.value().add(more.value()));
        }
        if (there instanceof Attribute.SetOf set
                && add.value() instanceof Attribute.SetOf more
                && set.of() == more.of()) {
            var values = new LinkedHashSet<>(set.values());
            values.addAll(more.values());
            return new Attribute.SetOf(set.of(), values);
        }
        throw UpdateOperand.wrongType();
    }

    /// A set without elements is none.
    private static @Nullable Attribute difference(Attribute there, Attribute.SetOf less) {
        if (there instanceof Attribute.SetOf set && set.of() == less.of()) {
            var values = new LinkedHashSet<>(set.values());
            values.removeAll(less.values());
            return values.isEmpty() ? null : new Attribute.SetOf(set.of(), values);
        }
        throw UpdateOperand.wrongType();
    }
}
