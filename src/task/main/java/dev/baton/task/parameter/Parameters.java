package dev.baton.task.parameter;

import dev.baton.task.InvalidInput;
import dev.baton.task.Pattern;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/// The components of a task's record: reads them, and makes records of them.
public final class Parameters {
    private static final ClassValue<Parameters> KNOWN = new ClassValue<>() {
        @Override
        protected Parameters computeValue(Class<?> type) {
            return new Parameters(type.asSubclass(Record.class));
        }
    };
    private static final String DEFAULT_TEXT = "[A-Za-z0-9._-]+";

    private final Class<? extends Record> type;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Method[] accessors;
    private final Constructor<? extends Record> constructor;

    private Parameters(Class<? extends Record> type) {
        this.type = type;
        var components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        accessors = new Method[components.length];
        for (var i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            accessors[i] = components[i].getAccessor();
            accessors[i].setAccessible(true);
            parameters.add(new Parameter(components[i].getName(), typeOf(components[i])));
        }
        try {
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record has its canonical constructor", e);
        }
    }

    /// The parameters of a record class.
    public static Parameters of(Class<?> type) {
        return KNOWN.get(type);
    }

    private ParameterType typeOf(RecordComponent component) {
        var javaType = component.getType();
        if (javaType == int.class || javaType == long.class) {
            return new ParameterType.Whole(javaType == long.class);
        }
        if (javaType == boolean.class) {
            return new ParameterType.Truth();
        }
        try {
            if (javaType == String.class) {
                var pattern = component.getAnnotation(Pattern.class);
                return pattern == null
                        ? new TextType(java.util.regex.Pattern.compile(DEFAULT_TEXT), List.of())
                        : text(pattern);
            }
            if (javaType.isEnum()) {
                return new EnumType(javaType);
            }
        } catch (IllegalArgumentException e) {
            problems.add(component.getName() + ": " + e.getMessage());
            return new ParameterType.Refused(javaType);
        }
        var calendar = CalendarType.of(javaType);
        if (calendar.isPresent()) {
            return calendar.get();
        }
        problems.add(component.getName() + " is a " + component.getGenericType().getTypeName()
                + ", but a parameter is an int, a long, a boolean, a String, an enum, a Year, a YearMonth"
                + " or a LocalDate");
        return new ParameterType.Refused(javaType);
    }

    private static TextType text(Pattern pattern) {
        var type = new TextType(java.util.regex.Pattern.compile(pattern.value()), List.of(pattern.samples()));
        for (var sample : pattern.samples()) {
            type.parse(sample);
        }
        return type;
    }

    public List<Parameter> all() {
        return List.copyOf(parameters);
    }

    public int count() {
        return parameters.size();
    }

    public Parameter get(int index) {
        return parameters.get(index);
    }

    /// The component of a name, counted from 0.
    public Optional<Integer> index(String name) {
        for (var i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /// Why components cannot be parameters, a phrase each.
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /// The values of a record, in the order of its components.
    public Object[] values(Object task) {
        var values = new Object[accessors.length];
        for (var i = 0; i < accessors.length; i++) {
            values[i] = value(task, i);
        }
        return values;
    }

    /// One component's value.
    public Object value(Object task, int index) {
        try {
            return accessors[index].invoke(task);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    type.getSimpleName() + "." + get(index).name() + "() failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the accessor was made accessible", e);
        }
    }

    /// The record of values.
    ///
    /// @throws IllegalArgumentException when the record's constructor refuses them, with its reason
    public Record make(Object... values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            var cause = Objects.requireNonNull(e.getCause());
            var reason = cause.getMessage();
            throw new IllegalArgumentException(reason == null ? cause.toString() : reason, cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    /// The canonical texts of a record's values, by component.
    ///
    /// @throws IllegalArgumentException when a value has no text
    public Map<String, String> print(Object task) {
        var texts = new LinkedHashMap<String, String>();
        for (var i = 0; i < accessors.length; i++) {
            var parameter = parameters.get(i);
            try {
                texts.put(parameter.name(), parameter.type().print(value(task, i)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(parameter.name() + " of " + task + ": " + e.getMessage(), e);
            }
        }
        return texts;
    }

    /// The record of texts, strictly.
    ///
    /// @throws InvalidInput when one is missing, unknown or no value, or when the record refuses them
    public Record parse(Map<String, String> texts) {
        var unknown = new TreeSet<>(texts.keySet());
        parameters.forEach(parameter -> unknown.remove(parameter.name()));
        if (!unknown.isEmpty()) {
            throw new InvalidInput(
                    type.getSimpleName() + " has no parameter \"" + String.join("\", \"", unknown) + "\", " + has());
        }
        var values = new Object[accessors.length];
        for (var i = 0; i < accessors.length; i++) {
            var parameter = parameters.get(i);
            var text = texts.get(parameter.name());
            if (text == null) {
                throw new InvalidInput("the parameter \"" + parameter.name() + "\" is missing: "
                        + parameter.type().expected());
            }
            try {
                values[i] = parameter.type().parse(text);
            } catch (IllegalArgumentException e) {
                throw new InvalidInput("the parameter \"" + parameter.name() + "\": " + e.getMessage());
            }
        }
        try {
            return make(values);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(type.getSimpleName() + " refuses " + texts + ": " + e.getMessage());
        }
    }

    private String has() {
        var names = parameters.stream().map(Parameter::name).toList();
        return names.isEmpty() ? "it has none" : "only \"" + String.join("\", \"", names) + "\"";
    }
}
