@NullMarked
package dev.baton.compiler.workload;

import org.jspecify.annotations.NullMarked;
