/*
 * tests/nightly/powershell/parse.c - a script of PowerShell on stdin, its
 * syntax tree on stdout.  Ends with 1, and says where, when the grammar does
 * not take it.  Built by ../powershell.sh against what that fetches.
 */
#include <stdio.h>
#include <stdlib.h>
#include <tree_sitter/api.h>

#define SCRIPT_MAX ((size_t)1 << 20)

const TSLanguage *tree_sitter_powershell(void);

/* The first place that is an error, or where something is missing. */
static TSNode
find_error(TSNode node)
{
	for (uint32_t i = 0; i < ts_node_child_count(node); i++) {
		TSNode child = ts_node_child(node, i);

		if (ts_node_is_error(child) || ts_node_is_missing(child))
			return child;
		if (ts_node_has_error(child))
			return find_error(child);
	}
	return node;
}

int
main(void)
{
	char *text = malloc(SCRIPT_MAX);
	size_t len = text != NULL ? fread(text, 1, SCRIPT_MAX, stdin) : 0;
	TSParser *parser = ts_parser_new();
	TSTree *tree;
	TSNode root;

	if (len == 0 || len == SCRIPT_MAX ||
	    !ts_parser_set_language(parser, tree_sitter_powershell())) {
		fprintf(stderr, "parse: no script, or not this grammar\n");
		return 2;
	}
	tree = ts_parser_parse_string(parser, NULL, text, (uint32_t)len);
	root = ts_tree_root_node(tree);
	if (ts_node_has_error(root)) {
		TSPoint at = ts_node_start_point(find_error(root));

		fprintf(stderr, "parse: line %u, column %u\n", at.row + 1,
		    at.column + 1);
		return 1;
	}
	puts(ts_node_string(root));
	return 0;
}
