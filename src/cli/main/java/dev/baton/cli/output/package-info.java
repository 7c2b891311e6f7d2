/// Output of commands besides their results, the files that they keep beside the project, and refusals as findings.
@NullMarked
package dev.baton.cli.output;

import org.jspecify.annotations.NullMarked;
