package dev.baton.run.code;

/// The names of a project's own classes: those whose packages begin as a task's does, an organisation's packages in
/// whichever of its jars.
///
/// @param beginning `com/acme/` of `com/acme/etl/daily`; empty where the task has no package
record ProjectNames(String beginning) {
    private static final int SEGMENTS = 2;

    static ProjectNames of(Class<?> task) {
        var name = task.getPackageName().replace('.', '/');
        var end = -1;
        for (var i = 0; i < SEGMENTS; i++) {
            var next = name.indexOf('/', end + 1);
            if (next < 0) {
                return new ProjectNames(name.isEmpty() ? "" : name + "/");
            }
            end = next;
        }
        return new ProjectNames(name.substring(0, end + 1));
    }

    /// Whether a class, by its internal name, is the project's.
    boolean contains(String name) {
        return name.startsWith(beginning) && (!beginning.isEmpty() || name.indexOf('/') < 0);
    }
}
