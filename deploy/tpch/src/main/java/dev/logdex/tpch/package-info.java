/** The TPC-H benchmark's database and queries; nothing of it is part of what runs in production. */
@NullMarked
package dev.logdex.tpch;

import org.jspecify.annotations.NullMarked;
