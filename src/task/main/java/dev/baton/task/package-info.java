@NullMarked
package dev.baton.task;

import org.jspecify.annotations.NullMarked;
