"""How the links of resources are doing: each address is looked at about once a week, slowly and with care."""
