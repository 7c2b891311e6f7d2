/// A printer for SLF4J: one JSON object a line, as CloudWatch Logs reads it. The deployed jar chooses it; nobody else
/// gets it by having this module on the class path.
@NullMarked
package dev.baton.lambda.log;

import org.jspecify.annotations.NullMarked;
