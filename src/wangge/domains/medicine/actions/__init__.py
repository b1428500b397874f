"""What is done with needs and cards. Everything sent twice under one id is one."""
