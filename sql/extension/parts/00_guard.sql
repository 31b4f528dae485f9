-- The install script of rdfpolicy is the files of this folder, put together in the order of their names.
--
-- It runs with the extension's schema in search_path, where others may have created operators and functions. So functions of the server's are
-- qualified, and operators get operands of exactly their types (regclass::oid = oid): a better match elsewhere would be taken, and run by us.
\echo Use "CREATE EXTENSION rdfpolicy" to load this file. \quit

