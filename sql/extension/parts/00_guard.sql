-- The install script of rdfpolicy is the files of this folder, put together in the order of their names.
\echo Use "CREATE EXTENSION rdfpolicy" to load this file. \quit

