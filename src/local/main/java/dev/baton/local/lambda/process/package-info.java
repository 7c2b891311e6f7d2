/// Functions in JVMs of their own, under Lambda's own runtime client: the Runtime API, and what Lambda does to a
/// process.
@NullMarked
package dev.baton.local.lambda.process;

import org.jspecify.annotations.NullMarked;
