@NullMarked
package dev.baton.compiler.order;

import org.jspecify.annotations.NullMarked;
