package dev.baton.task;

import dev.baton.task.template.Template;

/// An output that is one object in S3.
///
/// `{component}` in the template stands for that component of the task's record. A date component may be given in
/// pieces (`{day:yyyy}/{day:MM}/{day:dd}`). The template gives the key of the object, the resource in the policy,
/// and the pattern that recognises an upload and reads the parameters back out of its key. Bucket names are
/// logical.
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
        return bound().uri((Record) task);
    }

    /// The logical bucket.
    public String bucket() {
        return bound().bucket();
    }

    /// The key in the bucket.
    public String key() {
        return bound().key((Record) task);
    }

    private Template bound() {
        return Template.of(template, task.getClass());
    }

    @Override
    public String toString() {
        return template;
    }
}
