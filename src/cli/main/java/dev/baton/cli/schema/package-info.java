/// The contract for programs: JSON Schemas of what commands print with `--json`, and the forms that belong to no other
/// package.
@NullMarked
package dev.baton.cli.schema;

import org.jspecify.annotations.NullMarked;
