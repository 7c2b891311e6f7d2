/// IAM's service authorization reference, and policies checked against it.
@NullMarked
package dev.baton.compiler.reference;

import org.jspecify.annotations.NullMarked;
