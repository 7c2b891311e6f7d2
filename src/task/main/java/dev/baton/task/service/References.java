package dev.baton.task.service;

import dev.baton.task.Task;

/// The references of a call: where things are, never what is in them.
public interface References {

    /// The output of a required task, in the version that the run is pinned to.
    ///
    /// @param required equal to a task that `requires()` names
    /// @throws dev.baton.task.Undeclared when `requires()` does not name it
    Reference input(Task required);

    /// Where a logical address really is: `s3://acme-lake-dev/rides/2026/` for `s3://lake/rides/2026/`.
    String real(String uri);

    /// 40 hexadecimal digits that are the same for all calls of this task in this run and for no other: what a service
    /// takes to tell a repeated call from a new one.
    String token();

    /// One version of one object.
    ///
    /// @param uri the real address
    /// @param version opaque
    record Reference(String uri, String version) {}
}
