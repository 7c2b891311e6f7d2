package dev.baton.engine.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An array some of whose elements are computed.
public record ArrayTemplate(List<Evaluable> elements) implements Evaluable {

    public ArrayTemplate {
        elements = List.copyOf(elements);
    }

    @Override
    public Object evaluate(FieldScope at) {
        var array = new ArrayList<@Nullable Object>(elements.size());
        for (var element : elements) {
            array.add(element.evaluate(at));
        }
        return array;
    }
}
