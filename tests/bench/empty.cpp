// The least that a statically linked C++ program costs.
int main() { return 0; }
