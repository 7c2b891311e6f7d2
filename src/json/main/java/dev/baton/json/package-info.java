@NullMarked
package dev.baton.json;

import org.jspecify.annotations.NullMarked;
