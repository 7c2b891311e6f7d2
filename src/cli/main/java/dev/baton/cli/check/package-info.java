/// Definitions as they stand in files: of JSON or YAML, with `${…}` in them, and inside templates of CloudFormation and
/// SAM.
@NullMarked
package dev.baton.cli.check;

import org.jspecify.annotations.NullMarked;
