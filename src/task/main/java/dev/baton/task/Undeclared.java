package dev.baton.task;

import dev.baton.task.parameter.TaskMap;

/// An access that a task tried without having declared it. It is never retried.
public final class Undeclared extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String declaration;

    /// @param what what was tried, a sentence without its final stop
    /// @param declaration what to add, and where, as Java
    public Undeclared(String what, String declaration) {
        super(what + "; declare it: " + declaration);
        this.declaration = declaration;
    }

    /// An input that `requires()` does not name, or names as not needed.
    public static Undeclared input(Task reader, Task wanted) {
        var spared = new TaskMap<Boolean>();
        reader.requires().stream()
                .filter(Unneeded.class::isInstance)
                .forEach(one -> spared.put(Unneeded.unwrap(one), true));
        if (spared.containsKey(Unneeded.unwrap(wanted))) {
            return new Undeclared(
                    reader + " reads " + Unneeded.unwrap(wanted) + ", which its requires() names as not needed",
                    "let its onlyIf(…) in requires() of " + reader.getClass().getSimpleName()
                            + " hold for these parameters, or do not read it");
        }
        return new Undeclared(
                reader + " reads " + wanted + ", which its requires() does not name",
                "add " + wanted + " to requires() of " + reader.getClass().getSimpleName());
    }

    /// A read of an object that neither `requires()` nor `uses()` names.
    public static Undeclared object(Task reader, String uri) {
        return new Undeclared(
                reader + " reads " + uri + ", which neither requires() nor uses() names",
                "add Access.read(\"" + prefix(uri) + "\") to uses() of "
                        + reader.getClass().getSimpleName());
    }

    /// A listing that `uses()` does not name.
    public static Undeclared listing(Task reader, String prefix) {
        return new Undeclared(
                reader + " lists " + prefix + ", which its uses() does not name",
                "add Access.list(\"" + prefix(prefix) + "\") to uses() of "
                        + reader.getClass().getSimpleName());
    }

    /// A secret that `uses()` does not name.
    public static Undeclared secret(Task reader, String name) {
        return new Undeclared(
                reader + " asks for the secret " + name + ", which its uses() does not name",
                "add Access.secret(\"" + name + "\") to uses() of "
                        + reader.getClass().getSimpleName());
    }

    /// What to add, and where, as Java.
    public String declaration() {
        return declaration;
    }

    private static String prefix(String uri) {
        return uri.substring(0, uri.lastIndexOf('/') + 1);
    }
}
