resource "oci_load_balancer_load_balancer" "shop" {
  compartment_id             = var.compartment_id
  display_name               = "lb-shop"
  shape                      = "flexible"
  subnet_ids                 = [oci_core_subnet.public.id]
  network_security_group_ids = [oci_core_network_security_group.lb.id]
  is_private                 = false

  shape_details {
    minimum_bandwidth_in_mbps = 10
    maximum_bandwidth_in_mbps = 100
  }
}

resource "oci_load_balancer_backend_set" "web" {
  load_balancer_id = oci_load_balancer_load_balancer.shop.id
  name             = "bs_web"
  policy           = "ROUND_ROBIN"

  health_checker {
    protocol            = "HTTP"
    port                = 8080
    url_path            = "/healthz"
    return_code         = 200
    interval_ms         = 10000
    timeout_in_millis   = 3000
    retries             = 3
    response_body_regex = ".*"
  }
}

resource "oci_load_balancer_backend" "web" {
  for_each         = toset(["10.0.20.11", "10.0.20.12"])
  load_balancer_id = oci_load_balancer_load_balancer.shop.id
  backendset_name  = oci_load_balancer_backend_set.web.name
  ip_address       = each.value
  port             = 8080
  drain            = false
  offline          = false
}

resource "oci_load_balancer_listener" "https" {
  load_balancer_id         = oci_load_balancer_load_balancer.shop.id
  name                     = "https-443"
  default_backend_set_name = oci_load_balancer_backend_set.web.name
  port                     = 443
  protocol                 = "HTTP"

  connection_configuration {
    idle_timeout_in_seconds = 60
  }

  ssl_configuration {
    certificate_ids         = [var.certificate_id]
    protocols               = ["TLSv1.2", "TLSv1.3"]
    verify_peer_certificate = false
  }

  timeouts {
    create = "15m"
  }
}
