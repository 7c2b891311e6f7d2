@NullMarked
package dev.baton.compiler.structure;

import org.jspecify.annotations.NullMarked;
