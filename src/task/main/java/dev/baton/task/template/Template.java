package dev.baton.task.template;

/// The template of a target, bound to a record class.
public final class Template {
    private Template() {}

    public static Template of(String template, Class<? extends Record> task) {
        throw new UnsupportedOperationException("under construction");
    }

    /// The logical address for a task.
    public String uri(Record task) {
        throw new UnsupportedOperationException("under construction");
    }
}
