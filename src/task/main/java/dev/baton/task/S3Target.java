package dev.baton.task;

/// An output that is one object in S3.
///
/// `{component}` in the template stands for that component of the task's record. A date component may be given in pieces
/// (`{day:yyyy}/{day:MM}/{day:dd}`). The template gives the key of the object, the resource in the policy, and the
/// pattern that recognises an upload and reads the parameters back out of its key. Bucket names are logical.
///
/// @param template such as `s3://lake/clean/{city}/{year}.csv`
/// @param task whose components the template names
public record S3Target(String template, Task task) implements Target {

    /// The target of a task; always bound to `this`.
    public static S3Target at(String template, Task task) {
        return new S3Target(template, task);
    }

    @Override
    public String uri() {
        return dev.baton.task.template.Template.of(template, task.getClass().asSubclass(Record.class))
                .uri((Record) task);
    }

    @Override
    public String toString() {
        return template;
    }
}
